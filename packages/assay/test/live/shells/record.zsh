# Read by the zsh that drive.zsh starts: writes every match to RECORD.
PROMPT=
autoload -Uz compinit && compinit -u -D
source $SCRIPT
at_start() { comppostfuncs=(at_end) }
at_end() { print . >> $RECORD; compprefuncs=(at_start) }
compprefuncs=(at_start)
compadd() {
  # With -O, -A or -D it fills arrays and adds nothing.
  if [[ " ${(j: :)@[1,(i)(-|--)]}" == *\ -[A-Za-z0-9]#(O|A|D)\ * ]]; then
    builtin compadd "$@"
    return
  fi
  local -a matches
  builtin compadd -A matches "$@"
  (( $#matches )) && print -rl -- $matches >> $RECORD
  builtin compadd "$@"
}
bindkey '^I' complete-word
# A list on the screen could ask before it scrolls, and take the next line for the answer.
unsetopt beep automenu autolist
print ready >> $RECORD
