"""What documents say held against each other: indicators, tasks of a reference, targets and results, two versions."""
