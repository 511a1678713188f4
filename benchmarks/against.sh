#!/usr/bin/env bash
# Compares the working tree with another commit: the same JMH benchmark from both, in turns, in one run.
#
#   benchmarks/against.sh COMMIT ROUNDS JMH-ARGUMENTS...
#   benchmarks/against.sh HEAD~1 5 'pool.PoolBenchmark' -p pool=striped -p copied=0 -f 1
#
# Each round starts one JVM of each jar, in alternating order. Prints, for each benchmark, the median time of both and
# "speed": the other commit's time divided by that of the working tree, so that 1.00 is unchanged and less is slower.
set -euo pipefail
if (($# < 3)); then
  sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
  exit 2
fi
commit=$1
rounds=$2
shift 2
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=$root/benchmarks/target/against
mkdir -p "$cache"
hash=$(git -C "$root" rev-parse --verify "$commit^{commit}")
other=$cache/$hash.jar

build() { # a folder
  echo "building $1" >&2
  (cd "$1" && mvn --quiet --batch-mode package -Pbenchmarks -DskipTests)
}

if [[ ! -f $other ]]; then
  tree=$(mktemp -d)
  trap 'git -C "$root" worktree remove --force "$tree"' EXIT
  git -C "$root" worktree add --quiet --detach "$tree" "$hash"
  build "$tree"
  cp "$tree/benchmarks/target/benchmarks.jar" "$other"
fi
build "$root"
ours=$cache/working-tree.jar
cp "$root/benchmarks/target/benchmarks.jar" "$ours"

results=$cache/results.csv
: >"$results"
run() { # a label, a jar, then JMH's arguments
  local label=$1 jar=$2
  shift 2
  (cd "$root" && "${JAVA_HOME:+$JAVA_HOME/bin/}java" -jar "$jar" "$@" -rf csv -rff "$cache/round.csv" >"$cache/last.log" 2>&1) || {
    tail -n 20 "$cache/last.log" >&2
    exit 1
  }
  # benchmark and parameters are the columns before "Score" and after "Unit"; a comma never stands inside a value here
  awk -v label="$label" -F, 'NR > 1 {
    gsub(/"/, ""); key = $1
    for (i = 8; i <= NF; i++) key = key " " $i
    print label "\t" key "\t" $5 "\t" $7
  }' "$cache/round.csv" >>"$results"
}
for ((round = 1; round <= rounds; round++)); do
  echo "round $round of $rounds" >&2
  if ((round % 2)); then
    run other "$other" "$@"
    run ours "$ours" "$@"
  else
    run ours "$ours" "$@"
    run other "$other" "$@"
  fi
done

sort -t$'\t' -k2,2 -k1,1 -k3,3g "$results" | awk -F'\t' '
  { n[$2, $1]++; value[$2, $1, n[$2, $1]] = $3; unit[$2] = $4; keys[$2] }
  function median(key, label,   count, half) {
    count = n[key, label]; half = int((count + 1) / 2)
    return count % 2 ? value[key, label, half] : (value[key, label, half] + value[key, label, half + 1]) / 2
  }
  END {
    printf "%-6s  %-12s  %-12s  %s\n", "speed", "other", "working tree", "benchmark"
    for (key in keys) {
      other = median(key, "other"); ours = median(key, "ours")
      printf "%6.2f  %12.3f  %12.3f  %s (%s)\n", (ours > 0 ? other / ours : 0), other, ours, key, unit[key]
    }
  }'
