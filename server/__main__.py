"""`python -m server` runs the server; with a word after it, one command of the operator's."""

import sys

from server import app, cli

if len(sys.argv) > 1:
    cli.main(sys.argv[1:])
else:
    app.run()
