# usage: zsh -f drive.zsh SCRIPT RECORD < LINES: types each line and a tab into a zsh on a terminal, in the present folder,
# and leaves in RECORD what it offered, with a line "." after each.
zmodload zsh/zpty
export SCRIPT=$1 RECORD=$2
: > $RECORD
zpty -b shell zsh -f -i
zpty -w shell "source ${0:A:h}/record.zsh"

await() { # a line, and how often RECORD must have it
  local heard
  while (( $(grep -cxF -- $1 $RECORD) < $2 )); do
    sleep 0.01
    zpty -r -t shell heard
  done
}

await ready 1
integer asked=0
while IFS= read -r line; do
  zpty -w -n shell "$line"$'\t'
  await . $(( ++asked ))
  zpty -w -n shell $'\C-u'
done
zpty -d shell
