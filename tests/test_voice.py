import pytest

from pipeline.voice import marks, voice_of


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("全年共受理行政复议案件32件，办结30件，出具法律意见书12份。", id="counts of work done"),
        pytest.param("修订了行政裁量基准，案卷评查取得明显成效，获评省级示范单位。", id="done, without counts"),
        pytest.param("我镇先后召开会议6次，调处纠纷48起，要求各村落实普法责任。", id="a demand among results"),
    ],
)
def test_a_text_tells_of_work_done(text: str) -> None:
    assert voice_of(text) == "told"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("年底前完成清单编制，各单位要明确专人负责，出庭应诉率不低于95%。", id="due dates and duties"),
        pytest.param("应当每年组织培训，力争群众满意度达到90%，确保执法人员持证上岗。", id="striving"),
        pytest.param(
            "建立评查机制。（县司法局牵头）推行包容审慎监管。（责任单位：县市场监管局）", id="responsibility notes"
        ),
    ],
)
def test_a_text_asks_for_work(text: str) -> None:
    assert voice_of(text) == "asked"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("为了解决突出问题，除了上述情形，了解工作要点和主要任务。", id="words that only look like marks"),
        pytest.param("共办理12件。年底前完成。", id="one mark of each"),
    ],
)
def test_a_text_is_silent(text: str) -> None:
    assert voice_of(text) is None


def test_marks_are_counted_for_each_voice() -> None:
    assert marks("先后召开会议6次;各乡镇要落实,必须到位") == (2, 2)
