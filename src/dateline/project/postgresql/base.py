"""Django's backend for PostgreSQL; a connection of the pool is tried before it is used."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, OperationalError


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's, but one dead connection of the pool condemns all that rest with it.

    A server that was away leaves a pool full of dead connections. Django's own check
    (CONN_HEALTH_CHECKS) finds them out one by one and rests between, one second, two, four: longer
    than whoever asks will wait.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> "Connection[Any]":
        """Return a connection that answers.

        Raises:
            psycopg_pool.PoolTimeout: the server gave none within the pool's `timeout`.

        """
        while True:
            connection: Connection[Any] = super().get_new_connection(conn_params)
            if self.pool is None or _answers(connection):
                return connection
            self.pool.drain()
            self.pool.putconn(connection)


def _answers(connection: "Connection[Any]") -> bool:
    try:
        connection.execute("")
    except OperationalError:
        return False
    return True
