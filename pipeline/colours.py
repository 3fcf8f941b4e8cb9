"""The colours of headings and stances, the same in every picture: the page of a document and displaCy's views."""

from collections.abc import Mapping

from pipeline.records import Stance

# Ten hues dark enough for small letters on white (contrast 4.5), neighbours of the outline far apart on the wheel; 0 is
# no heading and never has letters. No meaning hangs on colour alone: a number or a word stands with each.
HEADING_COLOURS: Mapping[int, str] = {
    1: "#5b6b7f",
    2: "#2d6fa8",
    3: "#7a56a8",
    4: "#b0558f",
    5: "#b5522a",
    6: "#8f6a08",
    7: "#66721f",
    8: "#26774d",
    9: "#177582",
    10: "#b3313c",
    0: "#b8bcc2",
}
STANCE_COLOURS: Mapping[Stance, str] = {"target": "#2f64b5", "result": "#23804f", "baseline": "#6b7077"}
