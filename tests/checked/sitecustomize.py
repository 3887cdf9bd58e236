"""Makes a program of Jupyter's, which a test starts, check the messages it receives."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent))

import schema  # noqa: E402

schema.check_all()
