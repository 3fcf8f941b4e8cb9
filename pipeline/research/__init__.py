"""Exports for researchers: a data package with codebook, Stata and SPSS files, metadata and manifest."""

from pipeline.research.codebook import Variable, variables
from pipeline.research.package import Packaged, write_package

__all__ = ["Packaged", "Variable", "variables", "write_package"]
