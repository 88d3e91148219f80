"""Works out beforehand what a start makes of our rules: `python -m server.index`. Without it a start is longer."""

from server import screeners
from server.domain.policies import POLICY
from server.domain.screening import Policy
from server.files import Reading, keep_index


def main() -> None:
    read = Reading({})
    keep_index(screeners.indexed(read(POLICY, Policy), read))


if __name__ == "__main__":
    main()
