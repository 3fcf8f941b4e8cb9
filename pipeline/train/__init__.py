"""Training: what learns from the bundled texts, and the cards that say how well it did."""
