#!/bin/bash
# Eight tasks on this machine, four at a time. A run that was stopped is started again as it is: the
# manifests say what is done.
#   ./editions-parallel.sh partners.csv
set -euo pipefail

export TABLE=${1:?specify the table}
# Braces in the command would be read by GNU parallel: the name of the files goes in by a variable.
export OUT='out/{{id}}.pdf'
seq 8 | parallel --jobs 4 'trendpress editions "$TABLE" --out "$OUT" --shard {}/8 --jobs 1'
