//! libjpeg's errors and warnings as Rust values.
//!
//! libjpeg reports through callbacks that must not return on errors: they unwind (the crate compiles the C code to allow this).
//! A *warning* means that it continued with made-up pixels; here most of them are errors, because a mole filled in with grey is
//! worse than none.

use flipscope_language::{as_text, text};
use std::cell::RefCell;
use std::ffi::c_int;
use std::panic::resume_unwind;
use std::ptr;

use mozjpeg_sys as ffi;

use super::error::Problem;

/// The payload that the callbacks unwind with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Diagnostics {
    /// Number of the message, `ffi::JERR_*` or `ffi::JWRN_*`.
    pub(super) code: ffi::J_MESSAGE_CODE,
    /// First parameter of the message.
    pub(super) number: u32,
}

thread_local! {
    /// The harmless warnings of the file that this thread decodes.
    static WARNINGS: RefCell<Vec<Diagnostics>> = const { RefCell::new(Vec::new()) };
}

/// Takes (and clears) the harmless warnings since the last call on this thread.
pub(super) fn take_warnings() -> Vec<Diagnostics> {
    WARNINGS.take()
}

/// An error manager that unwinds with a [`Diagnostics`] on errors, and on warnings about made-up pixels.
pub(super) fn manager() -> ffi::jpeg_error_mgr {
    ffi::jpeg_error_mgr {
        error_exit: Some(error_exit),
        emit_message: Some(emit_message),
        output_message: Some(ignore),
        format_message: Some(ignore_format),
        reset_error_mgr: Some(ignore),
        msg_code: 0,
        msg_parm: ffi::msg_parm_union::default(),
        trace_level: 0,
        num_warnings: 0,
        jpeg_message_table: ptr::null(),
        last_jpeg_message: 0,
        addon_message_table: ptr::null(),
        first_addon_message: 0,
        last_addon_message: 0,
    }
}

#[expect(unsafe_code, reason = "the message's number lies behind a C pointer")]
fn report(info: &ffi::jpeg_common_struct) -> Diagnostics {
    // SAFETY: libjpeg calls back with the manager that `manager` made, which the decoder owns and keeps in place until after
    // the last call; it is null or valid, and nothing else refers to it during the callback.
    unsafe { info.err.as_ref() }.map_or(Diagnostics { code: 0, number: 0 }, |err| Diagnostics {
        code: err.msg_code,
        number: err.msg_parm._bindgen_data_.first().copied().unwrap_or(0),
    })
}

extern "C-unwind" fn error_exit(info: &mut ffi::jpeg_common_struct) {
    // Not `panic!`: a damaged file is not a bug, and the panic hook stays silent.
    resume_unwind(Box::new(report(info)));
}

extern "C-unwind" fn emit_message(info: &mut ffi::jpeg_common_struct, level: c_int) {
    if level >= 0 {
        return; // a trace message, not a warning
    }
    let report = report(info);
    match report.code {
        ffi::JWRN_ADOBE_XFORM | ffi::JWRN_EXTRANEOUS_DATA | ffi::JWRN_JFIF_MAJOR => {
            WARNINGS.with_borrow_mut(|warnings| {
                if warnings.len() < 100 {
                    warnings.push(report);
                }
            });
        }
        _ => resume_unwind(Box::new(report)),
    }
}

extern "C-unwind" fn ignore(_info: &mut ffi::jpeg_common_struct) {}

extern "C-unwind" fn ignore_format(_info: &mut ffi::jpeg_common_struct, _text: &[u8; 80]) {}

impl Diagnostics {
    /// What the user is told about the file.
    pub(super) fn problem(self) -> Problem {
        let damaged = |what: &str| Problem::Damaged(text!("photo-jpeg", what = as_text(&what)));
        match self.code {
            ffi::JWRN_JPEG_EOF | ffi::JERR_INPUT_EOF | ffi::JERR_FILE_READ => {
                Problem::Truncated(text!("photo-jpeg-ends-before-last").to_owned())
            }
            ffi::JWRN_HIT_MARKER => {
                Problem::Truncated(text!("photo-jpeg-data-stop-before").to_owned())
            }
            ffi::JWRN_HUFF_BAD_CODE => damaged(text!("photo-data-hold-impossible-code")),
            ffi::JWRN_MUST_RESYNC => damaged(text!("photo-data-lack-restart-marker")),
            ffi::JWRN_BOGUS_PROGRESSION | ffi::JWRN_NOT_SEQUENTIAL | ffi::JERR_BAD_PROGRESSION => {
                damaged(text!("photo-scans-contradict-each-other"))
            }
            ffi::JERR_NO_HUFF_TABLE | ffi::JERR_BAD_HUFF_TABLE | ffi::JERR_DHT_INDEX => {
                damaged(text!("photo-has-missing-impossible-huffman"))
            }
            ffi::JERR_NO_QUANT_TABLE | ffi::JERR_DQT_INDEX => {
                damaged(text!("photo-has-missing-impossible-quantisation"))
            }
            ffi::JERR_OUT_OF_MEMORY => Problem::TooMuchMemory(0),
            ffi::JERR_CONVERSION_NOTIMPL
            | ffi::JERR_CCIR601_NOTIMPL
            | ffi::JERR_FRACT_SAMPLE_NOTIMPL => {
                Problem::Unsupported(text!("photo-jpeg-with-unusual-colours").to_owned())
            }
            code => damaged(&text!(
                "photo-contradicts-itself-libjpeg-message",
                code = as_text(&code)
            )),
        }
    }
}
