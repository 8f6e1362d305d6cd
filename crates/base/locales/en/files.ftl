# What can be wrong with a file.

file-there-no-folder-make = there is no folder { $folder }: make it, or name another place
file-file-no-folder-name = { $folder } is a file and no folder: name another place
file-folder-may-not-be = the folder { $folder } may not be written to: name another place
file-this-study-itself-write = this is the study itself: write into another folder
file-exists-already-not-from = it exists already, and is not from an export of this study: move it away or write into another folder
file-file-this-name-exists = a file of this name exists already, and is not replaced: move it away or write into another folder
file-input-this-command-never = it is an input of this command, and is never overwritten: choose another name or folder
file-folder = a folder
file-pipe-socket-device = a pipe, socket or device
file-not-file = it is { $what }, not a file
file-has-bytes-more-at = it has { $length } bytes or more; at most { $limit } are read

# Times.
time-days = { $days } days
