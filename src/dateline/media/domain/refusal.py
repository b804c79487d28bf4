"""The one error of the picture room: a picture we will not take, and why."""


class PictureRefused(Exception):
    """A picture that cannot be used, with a sentence an editor understands.

    `str(error)` names the picture, says what was found and what to do.
    """
