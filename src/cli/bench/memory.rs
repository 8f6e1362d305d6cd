//! Resident memory of this process, in units of 10⁶ bytes; if the system reports it (Linux).

/// The most so far.
pub(super) fn peak_mb() -> Option<f64> {
    of("VmHWM:")
}

/// Now.
pub(super) fn resident_mb() -> Option<f64> {
    of("VmRSS:")
}

fn of(name: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024.0 / 1e6)
}
