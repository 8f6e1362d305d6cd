# What can go wrong with a device or a network.

model-none-embedded = this build has no demo model inside: name a checkpoint with --model FILE, or build with the feature `demo-model`
model-file-unwritable = { $file } cannot be written: { $source }
model-no-memory =
    { $count ->
        [one] { $device } does not have enough memory to judge { $count } frame at once: close other programs that use it, or use --device cpu
       *[other] { $device } does not have enough memory to judge { $count } frames at once: close other programs that use it, or use --device cpu
    }
device-lost = { $device } no longer responds ({ $reason }): load the model again, or continue on the processor (in the menu Model, or with --device cpu)
model-replaced = the model that this was started with is no longer loaded: start again
device-failed = the network failed on { $device }: { $reason }
model-device = device { $choice }: { $reason }
model-class-unknown = there is no class { $class }
model-output-not-finite = { $info } returns numbers that are not finite: its weights are damaged, or its training diverged
device-auto-fell-back = auto chose the CPU: { $reason }
device-build-without-metal = this build has no Metal; on a Mac, `cargo build --release --features metal` has (untested), or use --device cpu
device-metal-precision = Metal computes in f32, and not in { $precision }
device-metal-unavailable = Metal cannot be opened ({ $error }); use --device cpu
device-build-without-cuda = this is the CPU build of flipscope; the CUDA build (`cargo build --release --features cudnn` in the source, whose docs/cuda.md says more) is needed, or --device cpu
device-build-without-cudnn = this build has no cuDNN, and computes in f32 alone; for { $precision }, build with --features cudnn
cuda-no-card = the driver finds no NVIDIA card
cuda-card-number = there are fewer cards: `nvidia-smi` lists them, counted from 0
cuda-stub-library = libcuda.so.1 is a stand-in to link against, and not the driver's: install the NVIDIA driver
cuda-driver-mismatch = the driver's library and its kernel module are of different versions: restart the machine
cuda-driver-too-old = the NVIDIA driver is older than the CUDA that this was built with: CUDA 13 needs 580 or newer
cuda-memory-taken = other programs use all of the card's memory
cuda-cudnn-unavailable = cuDNN does not start: it needs a libcudnn.so.9 for this CUDA and this card
cuda-see-nvidia-smi = see `nvidia-smi`
cuda-unavailable = CUDA device { $n } cannot be opened: { $cause } ({ $message }). docs/cuda.md of the source says more; --device cpu works without
device-takes-frames-only = inputs that are not pictures of 8 bits (occlusion, saliency maps) are not made on a card: use --device cpu
device-without-gradients = gradients are not made on this device in this build: for an NVIDIA card, build with --features cudnn, or use --device cpu
explanation-knows-no-remedy = this explanation looks into the network itself, and knows no remedy (here { $remedy }): leave the remedy out, or take a landscape or a summary, which judge whole pictures
model-packed-codes = packed codes
network-without-gradient = the network gave no gradient
network-verdict-count = the network gave another number of verdicts than there were frames
scheduler-bug = a bug in flipscope: see what it printed on standard error
network-without-verdict = the network gave no verdict
model-cpu =
    { $count ->
        [one] CPU, { $count } thread
       *[other] CPU, { $count } threads
    }
model-without-cudnn = { $card }, without cuDNN
model-changed-since-loaded = { $name } is another file than when it was loaded
model-not-from-a-file = it cannot be loaded again to compute in another type: its weights did not come from a file
