//! Parse arguments, audit, render, exit.

mod cli;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| cli::lament(panic.location(), panic.payload())));
    let cli = cli::Cli::read();
    // A panic is our mistake. It must neither look like a result nor leave one behind: reports are put in their
    // place only when they are complete.
    match catch_unwind(AssertUnwindSafe(|| cli.run())) {
        Ok(Ok(code)) => code,
        Ok(Err(error)) => {
            cli::complain(&error);
            ExitCode::from(cli::UNUSABLE)
        }
        Err(_) => {
            anstream::eprintln!(
                "error: transborder failed and gives no report; please file this with the text above"
            );
            ExitCode::from(cli::UNUSABLE)
        }
    }
}
