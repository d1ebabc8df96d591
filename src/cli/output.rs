//! Where reports go. Files are opened before the audit starts and appear only when they are complete.

use anyhow::{Context as _, bail};
use camino::{Utf8Path, Utf8PathBuf};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use tempfile::NamedTempFile;
use transborder::report::Format;

/// One place for one report.
#[derive(Debug)]
pub struct Output {
    /// The format written there.
    pub format: Format,
    target: Target,
}

#[derive(Debug)]
enum Target {
    Stdout,
    /// Written beside the file and moved over it at the end.
    File(NamedTempFile, Utf8PathBuf),
    /// A pipe or device, which nothing may be moved over.
    Device(File, Utf8PathBuf),
}

/// Pairs formats with outputs, and opens every file.
///
/// Without outputs the one format goes to stdout. Without formats each output is written in the format that its
/// name asks for.
pub fn plan(formats: &[Format], outputs: &[Utf8PathBuf]) -> anyhow::Result<Vec<Output>> {
    let formats: Vec<Format> = match (formats, outputs) {
        ([], []) => return Ok(vec![Output { format: Format::Terminal, target: Target::Stdout }]),
        ([format], []) => return Ok(vec![Output { format: *format, target: Target::Stdout }]),
        ([], _) => outputs.iter().map(|path| format_of(path)).collect::<anyhow::Result<_>>()?,
        _ if formats.len() == outputs.len() => formats.to_vec(),
        _ => bail!("give --format once for each --output, or leave it out and let the file names decide"),
    };
    for (index, path) in outputs.iter().enumerate() {
        if outputs[..index].contains(path) {
            bail!("--output {path} is given twice");
        }
    }
    formats
        .into_iter()
        .zip(outputs)
        .map(|(format, path)| {
            Ok(Output { format, target: open(path).with_context(|| format!("cannot write {path}"))? })
        })
        .collect()
}

impl Output {
    /// Whether this is stdout.
    pub fn is_stdout(&self) -> bool {
        matches!(self.target, Target::Stdout)
    }

    /// Writes the report, and puts a file in its place.
    pub fn write(self, text: &str) -> anyhow::Result<()> {
        let plain = match self.format {
            Format::Terminal => anstream::adapter::strip_str(text).to_string(),
            _ => text.to_string(),
        };
        match self.target {
            Target::Stdout if self.format == Format::Terminal => print_styled(text)?,
            Target::Stdout => print_plain(text)?,
            Target::File(mut file, path) => {
                let done = file.write_all(plain.as_bytes()).and_then(|()| file.flush());
                done.with_context(|| format!("cannot write {path}"))?;
                file.persist(&path).with_context(|| format!("cannot write {path}"))?;
            }
            Target::Device(mut file, path) => {
                file.write_all(plain.as_bytes()).with_context(|| format!("cannot write {path}"))?;
            }
        }
        Ok(())
    }
}

/// Prints styled text; colours are left out where they are not wanted.
pub fn print_styled(text: &str) -> anyhow::Result<()> {
    let mut stdout = anstream::stdout().lock();
    quiet_when_closed(stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()))
}

/// Prints text to the byte.
pub fn print_plain(text: &str) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    quiet_when_closed(stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()))
}

/// Whoever closed the pipe has read enough; anything else is an error.
fn quiet_when_closed(result: std::io::Result<()>) -> anyhow::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result.context("cannot write to stdout"),
    }
}

fn format_of(path: &Utf8Path) -> anyhow::Result<Format> {
    if path == "-" {
        return Ok(Format::Terminal);
    }
    Format::of_file(path.as_str()).with_context(|| {
        format!(
            "the name {path} does not tell a format; give --format, or end it in .sarif, .json, .html, .csv, .md or .txt"
        )
    })
}

fn open(path: &Utf8Path) -> anyhow::Result<Target> {
    if path == "-" {
        return Ok(Target::Stdout);
    }
    // A link is followed, so that it still is a link afterwards.
    let path = path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned());
    match std::fs::metadata(&path) {
        Ok(known) if known.is_dir() => bail!("it is a directory"),
        Ok(known) if !known.is_file() => {
            return Ok(Target::Device(OpenOptions::new().write(true).open(&path)?, path));
        }
        Ok(known) if known.permissions().readonly() => bail!("it is read-only"),
        _ => {}
    }
    let parent = path.parent().filter(|parent| !parent.as_str().is_empty()).unwrap_or(Utf8Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".transborder-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(parent).map_err(|error| match error.kind() {
        ErrorKind::NotFound => anyhow::anyhow!("the directory {parent} does not exist"),
        _ => anyhow::Error::from(error),
    })?;
    Ok(Target::File(file, path))
}
