"""The workspace: one folder that lives for years, with the evidence as it came and what we made of it."""
