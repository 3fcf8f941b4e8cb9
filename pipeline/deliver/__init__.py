"""Digests on their way to readers: a folder, a feed, mail, webhooks; each once."""
