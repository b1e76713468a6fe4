"""The weekly pack: pictures, slides, an A4 sheet and a workbook of one district and one week."""


class Refused(Exception):
    """The pack cannot be vouched for; `sentence` says what is wrong and where."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
