"""The weekly digest: what is new, what changed and why, what is overdue or missing, which sources fell silent."""
