"""Pictures for a report, as PNG or SVG: coverage, an indicator over places and over years, deadlines.

Chinese characters are drawn in a font that has them or not at all, see `find_font`; an SVG has its letters as outlines,
so that it looks the same where that font is missing. Equal arguments and fonts give equal bytes.
"""

from pipeline.pictures.coverage import draw_coverage
from pipeline.pictures.deadlines import draw_deadlines
from pipeline.pictures.fonts import Font, FontError, find_font
from pipeline.pictures.indicator import draw_indicator
from pipeline.pictures.years import draw_years

__all__ = ["Font", "FontError", "draw_coverage", "draw_deadlines", "draw_indicator", "draw_years", "find_font"]
