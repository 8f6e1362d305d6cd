# What can go wrong with a device or a network.

model-this-build-has-no = this build has no demo model inside: name a checkpoint with --model FILE, or build with the feature `demo-model`
model-cannot-be-written = { $file } cannot be written: { $source }
model-no-memory =
    { $count ->
        [one] { $device } does not have enough memory to judge { $count } frame at once: close other programs that use it, or use --device cpu
       *[other] { $device } does not have enough memory to judge { $count } frames at once: close other programs that use it, or use --device cpu
    }
model-no-longer-responds-load = { $device } no longer responds ({ $reason }): load the model again, or continue on the processor (in the menu Model, or with --device cpu)
model-model-this-started-with = the model that this was started with is no longer loaded: start again
model-network-failed-on = the network failed on { $device }: { $reason }
model-device = device { $choice }: { $reason }
model-there-no-class = there is no class { $class }
model-returns-numbers-not-finite = { $info } returns numbers that are not finite: its weights are damaged, or its training diverged
model-auto-chose-cpu = auto chose the CPU: { $reason }
model-this-build-has-no-metal = this build has no Metal; on a Mac, `cargo build --release --features metal` has (untested), or use --device cpu
model-metal-computes-f32-not = Metal computes in f32, and not in { $precision }
model-metal-cannot-be-opened = Metal cannot be opened ({ $error }); use --device cpu
model-this-cpu-build-flipscope = this is the CPU build of flipscope; the CUDA build (`cargo build --release --features cudnn` in the source, whose docs/cuda.md says more) is needed, or --device cpu
model-this-build-has-no-cudnn = this build has no cuDNN, and computes in f32 alone; for { $precision }, build with --features cudnn
model-driver-finds-no-nvidia = the driver finds no NVIDIA card
model-there-fewer-cards-nvidia = there are fewer cards: `nvidia-smi` lists them, counted from 0
model-libcuda-so-1-stand = libcuda.so.1 is a stand-in to link against, and not the driver's: install the NVIDIA driver
model-driver-library-kernel-module = the driver's library and its kernel module are of different versions: restart the machine
model-nvidia-driver-older-than = the NVIDIA driver is older than the CUDA that this was built with: CUDA 13 needs 580 or newer
model-other-programs-use-all = other programs use all of the card's memory
model-cudnn-does-not-start = cuDNN does not start: it needs a libcudnn.so.9 for this CUDA and this card
model-see-nvidia-smi = see `nvidia-smi`
model-cuda-device-cannot-be = CUDA device { $n } cannot be opened: { $cause } ({ $message }). docs/cuda.md of the source says more; --device cpu works without
model-inputs-not-pictures-8 = inputs that are not pictures of 8 bits (occlusion, saliency maps) are not made on a card: use --device cpu
model-gradients-not-made-on = gradients are not made on this device in this build: for an NVIDIA card, build with --features cudnn, or use --device cpu
model-this-explanation-looks-into = this explanation looks into the network itself, and knows no remedy (here { $remedy }): leave the remedy out, or take a landscape or a summary, which judge whole pictures
model-packed-codes = packed codes
model-network-gave-no-gradient = the network gave no gradient
model-network-gave-another-number = the network gave another number of verdicts than there were frames
model-bug-flipscope-see-what = a bug in flipscope: see what it printed on standard error
model-network-gave-no-verdict = the network gave no verdict
model-cpu =
    { $count ->
        [one] CPU, { $count } thread
       *[other] CPU, { $count } threads
    }
model-without-cudnn = { $card }, without cuDNN
