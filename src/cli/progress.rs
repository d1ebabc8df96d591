//! A bar on stderr for long audits, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal as _;
use std::sync::Arc;
use std::time::{Duration, Instant};
use transborder::options::{Progress, ProgressFn};

/// Audits shorter than this show nothing.
const PATIENCE: Duration = Duration::from_millis(400);

/// A bar, if there is a terminal to draw it on. It disappears when dropped.
pub fn bar() -> Option<ProgressFn> {
    if !std::io::stderr().is_terminal() {
        return None;
    }
    let style = ProgressStyle::with_template("{msg:10} {bar:30} {pos}/{len}").ok()?;
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_style(style);
    let bar = Vanishing(bar);
    let start = Instant::now();
    Some(Arc::new(move |progress: Progress| {
        if start.elapsed() < PATIENCE {
            return;
        }
        bar.0.set_message(progress.phase);
        bar.0.set_length(progress.total as u64);
        bar.0.set_position(progress.done as u64);
    }))
}

/// Clears the bar when the audit lets go of it, also when it fails.
struct Vanishing(ProgressBar);

impl Drop for Vanishing {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
