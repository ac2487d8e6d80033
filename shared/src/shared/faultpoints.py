"""Places where a fault test stops the process: nothing at all unless FAULTPOINT names one.

``FAULTPOINT=after_transaction:3`` kills the process (as kill -9 does) the third time that place is reached.
"""

import os
import signal

_name, _, _count = os.environ.get("FAULTPOINT", "").partition(":")
_left = {_name: int(_count or 1)} if _name else {}


def hit(name: str) -> None:
    """Reach a named place."""
    if not _left or name not in _left:
        return
    _left[name] -= 1
    if _left[name] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
