#!/usr/bin/env bash
# Brings the packages that packages.tsv names with `npm pack`, checks each against its SHA-256, and makes the pairs of states.
# What is there already is not fetched again. Everything lands beside this script, ignored by git.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

for tool in node npm tar sha256sum; do
  command -v "$tool" > /dev/null || { echo "fetch.sh: needs $tool on the PATH" >&2; exit 1; }
done

mkdir -p packages node_modules
failed=0
while IFS=$'\t' read -r sum package file; do
  [[ $sum != \#* ]] || continue
  folder=packages/${package//\//+}
  [[ $file != - ]] || folder=node_modules/${package%@*}
  [[ ! -e $folder ]] || continue
  scratch=$(mktemp -d packages/.fetch.XXXXXX)
  trap 'rm -rf "$scratch"' EXIT
  if ! archive=$(cd "$scratch" && npm pack --silent "$package"); then
    echo "fetch.sh: npm pack $package failed; its pairs are left out" >&2
    failed=1
  elif ! echo "$sum  $scratch/$archive" | sha256sum --check --status; then
    echo "fetch.sh: $package is not the package whose SHA-256 is $sum; its pairs are left out" >&2
    failed=1
  else
    if [[ $file == - ]]; then
      tar --extract --gzip --file "$scratch/$archive" --directory "$scratch"
      mkdir -p "$(dirname "$folder")" # a scope, such as @stdlib
      mv "$scratch/package" "$folder"
    else
      tar --extract --gzip --file "$scratch/$archive" --directory "$scratch" "package/$file"
      mkdir "$scratch/state"
      mv "$scratch/package/$file" "$scratch/state/state.json"
      mv "$scratch/state" "$folder"
    fi
    echo "$package"
  fi
  rm -rf "$scratch"
done < packages.tsv

node generate.mjs
sha256sum --check --quiet --ignore-missing pairs.sha256
exit "$failed"
