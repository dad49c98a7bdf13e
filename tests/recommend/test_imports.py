"""Nothing heavy is loaded before a model needs it."""

from __future__ import annotations

import subprocess
import sys


def test_the_room_loads_without_its_libraries_of_learning():
    program = (
        "import sys, assistant.recommend.nightly, assistant.recommend.shelf, assistant.recommend.models\n"
        "print([name for name in ('torch', 'sklearn', 'implicit', 'lightgbm') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
