export EDITOR=vim
# config: anthropic/domestic
alias cc-cheap="export ANTHROPIC_BASE_URL=\"https://api.anthropic.com\" && export ANTHROPIC_MODEL=other && claude"
alias ll="ls -l"
