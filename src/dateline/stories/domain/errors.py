"""Why a verb of the newsroom was refused. Each message is a sentence for an editor."""


class StoryRefused(ValueError):
    """The newsroom asked for something this story cannot do now."""


class AlreadyKilled(StoryRefused):
    """The story was killed before."""


class NotKilled(StoryRefused):
    """There is no kill to lift."""


class NotDemanded(StoryRefused):
    """No legal demand keeps the story from readers."""


class AlreadyDemanded(StoryRefused):
    """Readers are told of a legal demand already; its words can be changed."""


class RepeatsTheStory(StoryRefused):
    """What readers would be told repeats what they may not read."""


class NotPublic(StoryRefused):
    """The verb needs a story that readers can see."""


class NeedsText(StoryRefused):
    """Readers must be told why, and nothing was written."""


class WireItemRefused(StoryRefused):
    """The wire item may not become a story."""


class AlreadyDecided(StoryRefused):
    """Somebody has decided this proposal before."""


class NeedsDecision(StoryRefused):
    """The alarm asks a question; acknowledging it answers none."""


class NotALiveBlog(StoryRefused):
    """Only a live blog takes entries."""


class CoverageOver(StoryRefused):
    """The live blog was closed; it takes entries again once it is reopened."""


class EntryChanged(StoryRefused):
    """Somebody changed the entry while it was being edited."""


class EntryGone(StoryRefused):
    """The entry was withdrawn."""


class NotYetItsKind(StoryRefused):
    """The story lacks what its kind is made of."""
