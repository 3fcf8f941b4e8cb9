"""The parts of a digest, a module each: what happened, and how things stand at the end of the week."""
