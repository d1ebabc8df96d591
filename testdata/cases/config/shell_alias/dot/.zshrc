export EDITOR=vim
# config: foreign-endpoint -> deepseek/foreign
alias cc-cheap="export ANTHROPIC_BASE_URL=\"https://api.deepseek.com/anthropic\" && export ANTHROPIC_MODEL=other && claude"
alias ll="ls -l"
