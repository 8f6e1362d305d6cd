//! Tests of devices: their names, and why one cannot be used.

use super::*;

#[test]
fn names_are_read_and_written() {
    for (text, choice) in [
        ("auto", DeviceChoice::Auto),
        ("CPU", DeviceChoice::Cpu),
        ("cuda", DeviceChoice::Cuda(0)),
        ("cuda:3", DeviceChoice::Cuda(3)),
        ("Metal", DeviceChoice::Metal),
    ] {
        assert_eq!(text.parse(), Ok(choice));
        assert_eq!(choice.to_string().parse(), Ok(choice));
    }
    for text in [
        "",
        "gpu",
        "cuda:",
        "cuda:+1",
        "cuda:-1",
        "cuda:1x",
        "cuda:99999999999999999999",
    ] {
        let error = text.parse::<DeviceChoice>().unwrap_err().to_string();
        assert!(error.contains("cuda:N"), "{error}");
    }
}

#[test]
fn a_device_is_said_in_the_language_of_the_thread() {
    use flipscope_language::{Language, within};
    for (device, german) in [
        ("CPU, 1 thread", "CPU, 1 Thread"),
        ("CPU, 8 threads", "CPU, 8 Threads"),
        ("CUDA 0, without cuDNN", "CUDA 0, ohne cuDNN"),
        ("CUDA 0 (NVIDIA H200)", "CUDA 0 (NVIDIA H200)"),
    ] {
        assert_eq!(device_in_words(device), device);
        let said = within(Language::German, || device_in_words(device));
        assert_eq!(said, german);
    }
}

fn says(name: &str) -> String {
    format!("DriverError({name}, \"what it means\")")
}

#[test]
fn faults_are_told_apart() {
    assert_eq!(
        Fault::of(&says("CUDA_ERROR_OUT_OF_MEMORY")),
        Some(Fault::OutOfMemory)
    );
    let lost = Fault::of(&says("CUDA_ERROR_ILLEGAL_ADDRESS"));
    assert_eq!(
        lost,
        Some(Fault::Lost("CUDA_ERROR_ILLEGAL_ADDRESS".to_owned()))
    );
    assert_eq!(Fault::of(&says("CUDA_ERROR_INVALID_VALUE")), None);
}

#[test]
#[cfg(not(feature = "cuda"))]
fn the_cpu_build_says_so() {
    let error = open(DeviceChoice::Cuda(1), Precision::F32)
        .err()
        .unwrap()
        .to_string();
    assert!(
        error.contains("cuda:1")
            && error.contains("CPU build")
            && error.contains("--features cudnn")
    );
    let auto = open(DeviceChoice::Auto, Precision::F32).unwrap();
    assert!(auto.shown.starts_with("CPU, "));
    assert_eq!(auto.note, None, "there was nothing to choose");
}
#[test]
fn what_a_card_lacks_is_said() {
    for (name, part) in [
        ("CUDA_ERROR_NO_DEVICE", "no NVIDIA card"),
        ("CUDA_ERROR_INSUFFICIENT_DRIVER", "580"),
        ("CUDNN_STATUS_NOT_INITIALIZED", "libcudnn.so.9"),
        ("CUDA_ERROR_UNKNOWN", "nvidia-smi"),
    ] {
        let message = closed(2, &candle_core::Error::Msg(says(name)));
        assert!(
            message.contains(part) && message.contains(name),
            "{message}"
        );
        assert!(message.contains("CUDA device 2") && message.contains("--device cpu"));
    }
}

#[test]
fn the_processor_refuses_what_it_does_not_compute_in() {
    let refused = |precision: Precision| {
        let error = open(DeviceChoice::Cpu, precision).err().unwrap();
        let error = error.to_string();
        assert!(
            error.contains(precision.name()) && error.contains("f32"),
            "{error}"
        );
    };
    refused(Precision::Tf32);
    if Isa::best().has_bf16() {
        let open = open(DeviceChoice::Cpu, Precision::Bf16).unwrap();
        assert_eq!(open.precision, Precision::Bf16);
    } else {
        refused(Precision::Bf16);
    }
}
