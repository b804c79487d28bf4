"""The steps a verb takes in the database, and a way to fall at any one of them."""

from contextlib import contextmanager

from django.db import connection

READS = ("SELECT", "PRAGMA", "EXPLAIN")


class Steps:
    """Counts the steps of what runs inside; calls `fall` once, at step `fall_at` (1 is the first).

    Before each statement is a step, and so is the moment before and the moment after each COMMIT.
    With `only_changes` reading is no step: it leaves the database as it was, so that to fall at
    a read is to fall at the next write.
    """

    def __init__(self, fall_at=0, *, fall=None, only_changes=False):
        self.fall_at, self.fall, self.only_changes = fall_at, fall, only_changes
        self.taken = self.commits = 0

    def step(self):
        self.taken += 1
        if self.taken == self.fall_at:
            self.fall()

    def statement(self, execute, sql, params, many, context):
        if not (self.only_changes and sql.lstrip().upper().startswith(READS)):
            self.step()
        return execute(sql, params, many, context)

    def commit(self, really):
        self.step()
        really()
        self.commits += 1
        self.step()


@contextmanager
def counted(steps):
    """Count every step of this thread's connection."""
    really = connection._commit
    connection._commit = lambda: steps.commit(really)
    try:
        with connection.execute_wrapper(steps.statement):
            yield steps
    finally:
        del connection._commit
