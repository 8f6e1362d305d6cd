# What can be wrong with a file.

folder-missing = there is no folder { $folder }: make it, or name another place
folder-is-a-file = { $folder } is a file and no folder: name another place
folder-not-writable = the folder { $folder } may not be written to: name another place
disk-full = the disk is full: free some space, then do the same again
export-onto-study = this is the study itself: write into another folder
export-onto-foreign-file = it exists already, and is not replaced, since it is not from an export of this study: move it away or write into another folder
file-exists = a file of this name exists already, and is not replaced: move it away or write into another folder
file-is-an-input = it is an input of this command, and is never overwritten: choose another name or folder
kind-folder = a folder
kind-device = a pipe, socket or device
kind-not-a-file = it is { $what }, not a file
system-no-such-file = there is no such file
system-link-to-nothing = it is a link to { $target }, where nothing is
system-not-a-folder = a part of its path is a file and not a folder
system-not-allowed = you are not allowed to
file-not-text = it is not text
file-too-large = it has { $length } bytes or more; at most { $limit } are read

# Times.
time-days = { $days } days
