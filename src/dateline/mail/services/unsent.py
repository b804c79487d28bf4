"""What is raised where a mail server is away, or takes a single mail not."""

import socket
from smtplib import SMTPException

UNSENT = (SMTPException, ConnectionError, TimeoutError, socket.gaierror)
