# Sourced: options "$@" sets a variable for each --name value that the bench has given a default before; --help prints its head.
options() {
  local name
  while [ $# -gt 0 ]; do
    name=${1#--} name=${name//-/_}
    case $1 in
      --help) sed -n '2,/^# Usage/s/^# //p' "$0"; exit 0 ;;
      --*) if [ $# -lt 2 ] || [ -z "${!name+known}" ]; then sed -n '/^# Usage/s/^# //p' "$0" >&2; exit 2; fi
        printf -v "$name" %s "$2" ;;
      *) sed -n '/^# Usage/s/^# //p' "$0" >&2; exit 2 ;;
    esac
    shift 2
  done
}
