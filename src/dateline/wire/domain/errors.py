"""What a reader says when it cannot read a document."""


class WireFormatError(Exception):
    """A document that cannot be read: which one, where in it, and what is wrong.

    The message is a line for the wire desk; the delivery goes to quarantine with it.
    """

    def __init__(self, source: str, field: str, problem: str) -> None:
        super().__init__(f"{source}: {field}: {problem}")
        self.source = source
        self.field = field
        self.problem = problem
