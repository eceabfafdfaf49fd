//! What another process has used so far.

/// Processor time and memory.
pub(super) struct Used {
    /// The seconds of the processor, of all threads together.
    pub(super) seconds: f64,
    /// The memory that it holds, in MB.
    pub(super) megabytes: u64,
}

/// The clock ticks of `/proc` in a second, on all of Linux's processors.
const TICKS: f64 = 100.0;

/// Measures a process; `None` where the system does not say.
#[cfg(target_os = "linux")]
pub(super) fn of(process: u32) -> Option<Used> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // Behind the name, which may hold anything: state is the third field, times are 14 and 15.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok());
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let kilobytes = status.lines().find_map(|line| {
        line.strip_prefix("VmRSS:")?.trim().trim_end_matches(" kB").parse::<u64>().ok()
    })?;
    Some(Used { seconds: (ticks(11)? + ticks(12)?) / TICKS, megabytes: kilobytes / 1000 })
}

/// Elsewhere `ps` says so, which every Unix has.
#[cfg(not(target_os = "linux"))]
pub(super) fn of(process: u32) -> Option<Used> {
    let asked = ["-o", "rss=,time=", "-p", &process.to_string()];
    let said = std::process::Command::new("ps").args(asked).output().ok()?;
    let said = String::from_utf8(said.stdout).ok()?;
    let (kilobytes, time) = said.trim().split_once(char::is_whitespace)?;
    let seconds = time.trim().rsplit(':').zip([1.0, 60.0, 3600.0]);
    let seconds = seconds.map(|(part, each)| part.parse::<f64>().unwrap_or_default() * each);
    Some(Used { seconds: seconds.sum(), megabytes: kilobytes.parse::<u64>().ok()? / 1000 })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #[test]
    fn this_process_uses_something() {
        let used = super::of(std::process::id()).expect("a measure");
        assert!(used.megabytes > 0 && used.seconds >= 0.0);
        assert!(super::TICKS > 0.0 && super::of(u32::MAX).is_none());
    }
}
