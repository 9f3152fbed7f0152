#!/bin/sh
# Ours and lavaan on the same panel, in turn: sh bench/link/compare.sh [UNITS] [WAVES]
set -e
here=$(dirname "$0")
file=$(mktemp)
ours=$(cargo run -q --release -p throughline-stats --example link -- speed "${1:-2000}" "${2:-12}" "$file")
echo "$ours"
theirs=$(Rscript "$here/lavaan.R" "$file")
echo "$theirs"
rm -f "$file"
a=$(echo "$ours" | sed -n 's/^ours free: \([0-9.]*\) s.*/\1/p')
b=$(echo "$theirs" | sed -n 's/^lavaan free: \([0-9.]*\) s.*/\1/p')
echo "lavaan takes $(echo "$a $b" | awk '{printf "%.0f", $2 / $1}') times as long"
