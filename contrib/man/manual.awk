# Turns the Markdown of docs/ into the macros of man(7). Give the sections to take as "sections",
# separated by "|"; none takes all. A table becomes a list: the first column is the term.
function inline(text,   out, i, parts, n) {
  gsub(/\\\|/, "|", text)
  while (match(text, /\[[^]]*\]\([^)]*\)/)) {
    out = substr(text, RSTART + 1, index(substr(text, RSTART), "](") - 2)
    text = substr(text, 1, RSTART - 1) out substr(text, RSTART + RLENGTH)
  }
  gsub(/\\/, "\\e", text)
  gsub(/\*\*/, "", text)
  n = split(text, parts, "`")
  out = ""
  for (i = 1; i <= n; i++) out = out (i % 2 ? parts[i] : "\\fB" parts[i] "\\fR")
  gsub(/-/, "\\-", out)
  if (out ~ /^[.']/) out = "\\&" out
  return out
}
function paragraph() { if (!isFresh) print ".PP"; isFresh = 1 }
function cells(line, result,   n, i) {
  gsub(/\\\|/, "\001", line)
  n = split(line, result, "|")
  for (i = 1; i <= n; i++) { gsub(/\001/, "|", result[i]); gsub(/^ +| +$/, "", result[i]) }
  return n
}
BEGIN {
  count = split(sections, names, "|")
  for (i = 1; i <= count; i++) wanted[names[i]] = 1
  takes = (count == 0)
}
/^```/ {
  if (!takes) next
  if (isCode) print ".EE\n.RE"; else { paragraph(); print ".RS 4\n.EX" }
  isCode = !isCode; isFresh = 0; next
}
isCode {
  if (!takes) next
  gsub(/\\/, "\\e"); gsub(/-/, "\\-")
  if ($0 ~ /^[.']/) $0 = "\\&" $0
  print; next
}
/^# / { next }
/^## / {
  title = substr($0, 4)
  if (count) takes = (title in wanted)
  if (takes) print ".SH \"" toupper(inline(title)) "\""
  isFresh = 1; isTable = 0; next
}
!takes { next }
/^\|[-|]+\|$/ { isTable = 1; next }
/^\|/ {
  if (!isTable) { isTable = -1; next }
  n = cells($0, cell)
  print ".TP\n" inline(cell[2]) "\n" inline(cell[3])
  if (n > 4 && cell[4] != "") print "(" inline(cell[4]) ")"
  isFresh = 0; next
}
/^- / { print ".IP \\(bu 2\n" inline(substr($0, 3)); isFresh = 0; isTable = 0; next }
/^$/ { isTable = 0; next }
{ isTable = 0; paragraph(); print inline($0); isFresh = 0 }
