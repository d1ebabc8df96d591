//! How fast a whole scan is beside what no scanner of this kind gets below: parsing the same files with tree-sitter alone.
//!
//! `cargo bench --bench parse -- [--scale] [--runs N] [--threads N] CORPUS...`; `.ci/corpus FOLDER` fetches a corpus. Each
//! measurement has a process of its own, so that peak memory is its own too. All start with the files in the page cache:
//! tree-sitter alone walks, reads and parses what the scan would lower; the scan does all its work but writing a report.
//! `--scale` scans a quarter, a half, three quarters and the whole of each corpus and puts a straight line through the
//! times.

#![allow(clippy::print_stdout)]

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::process::Command;
use std::time::Instant;
use transborder::audit::STACK;
use transborder::language::Language;
use transborder::options::PolicyFrom;
use transborder::text::Files;
use transborder::walk::{self, WalkOptions};
use transborder::{Options, audit};
use tree_sitter::Parser;

/// What is measured, in the order in which it is shown.
const KINDS: [&str; 3] = ["tree-sitter alone", "full", "default"];
/// Parts of a corpus that `--scale` scans, out of as many.
const PARTS: usize = 4;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if let [flag, kind, path, threads] = &words[..]
        && flag == "--measure"
    {
        return measure(kind, Utf8Path::new(path), threads.parse().expect("a number of threads"));
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let (mut scale, mut runs, mut threads, mut corpora) = (false, 3, cores, Vec::new());
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut number = || words.next().and_then(|n| n.parse().ok()).expect("a number follows");
        match word.as_str() {
            "--scale" => scale = true,
            "--runs" => runs = number(),
            "--threads" => threads = number(),
            path => corpora.push(Utf8PathBuf::from(path)),
        }
    }
    if corpora.is_empty() {
        println!("name a corpus: cargo bench --bench parse -- CORPUS...; `.ci/corpus FOLDER` fetches one");
    }
    for corpus in &corpora {
        match scale {
            true => show_scale(corpus, runs, threads),
            false => compare(corpus, runs, threads),
        }
    }
}

/// What one process measured.
#[derive(Clone, Copy, Default)]
struct Measured {
    seconds: f64,
    /// Processor time of all threads, which a busy machine disturbs less; 0 where the system does not say.
    busy: f64,
    /// Walking and reading; tree-sitter alone only.
    reading: f64,
    bytes: f64,
    lines: f64,
    /// Peak memory in megabytes; 0 where the system does not say.
    peak: f64,
}

/// Measures one kind in this process and prints the numbers for the process that asked.
fn measure(kind: &str, path: &Utf8Path, threads: usize) {
    let start = Instant::now();
    let mut measured = match kind {
        "tree-sitter alone" => parse_alone(path, threads, start),
        _ => {
            let options = Options {
                paths: vec![path.to_owned()],
                policy: PolicyFrom::BuiltIn,
                threads: Some(threads),
                full: kind == "full",
                ..Options::default()
            };
            audit(&options).expect("the corpus is scanned");
            Measured::default()
        }
    };
    measured.seconds = start.elapsed().as_secs_f64();
    let Measured { seconds, reading, bytes, lines, .. } = measured;
    println!("{seconds} {} {reading} {bytes} {lines} {}", busy(), peak());
}

/// The same walk and the same files, and of each only its syntax tree.
fn parse_alone(path: &Utf8Path, threads: usize, start: Instant) -> Measured {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build();
    pool.expect("threads start").install(|| {
        let files = read(path);
        let reading = start.elapsed().as_secs_f64();
        let sources: Vec<(Language, &str)> =
            files.iter().filter_map(|(_, f)| Some((Language::of(&f.path)?, f.text.as_ref()))).collect();
        let nodes: usize = sources.par_iter().map(|(language, text)| parse(*language, text)).sum();
        assert!(nodes > 0, "{path} holds source code");
        let bytes: usize = sources.iter().map(|(_, text)| text.len()).sum();
        let lines: usize = sources.par_iter().map(|(_, text)| text.lines().count()).sum();
        Measured { reading, bytes: bytes as f64, lines: lines as f64, ..Measured::default() }
    })
}

fn read(path: &Utf8Path) -> Files {
    walk::files(&[path.to_owned()], &WalkOptions::default()).expect("the corpus is read").files
}

/// Parses one file and drops the tree. Says how many nodes it had, so that nothing is optimised away.
fn parse(language: Language, text: &str) -> usize {
    let grammar = match language {
        Language::Python => tree_sitter_python::LANGUAGE,
        Language::TypeScript => tree_sitter_typescript::LANGUAGE_TYPESCRIPT,
        Language::Tsx => tree_sitter_typescript::LANGUAGE_TSX,
    };
    let mut parser = Parser::new();
    parser.set_language(&grammar.into()).expect("the grammar fits");
    parser.parse(text, None).map_or(0, |tree| tree.root_node().descendant_count())
}

/// Peak memory of this process in megabytes, as Linux counts it; 0 elsewhere.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).map_or(0.0, |kb| kb / 1024.0)
}

/// Processor time of this process in seconds, as Linux counts it, in hundredths; 0 elsewhere.
fn busy() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The second field is the name in brackets; user and system time are the 14th and 15th.
    let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The run in the middle of several, each in a process of its own.
fn median(kind: &str, path: &Utf8Path, runs: usize, threads: usize) -> Measured {
    let own = std::env::current_exe().expect("this program has a path");
    let mut measured: Vec<Measured> = (0..runs.max(1))
        .map(|_| {
            let output =
                Command::new(&own).args(["--measure", kind, path.as_str(), &threads.to_string()]).output();
            let output = output.expect("the measurement starts");
            assert!(output.status.success(), "{kind}: {}", String::from_utf8_lossy(&output.stderr));
            let said = String::from_utf8_lossy(&output.stdout);
            let numbers: Vec<f64> = said.split_whitespace().map(|n| n.parse().expect("a number")).collect();
            let [seconds, busy, reading, bytes, lines, peak] = numbers[..] else {
                panic!("six numbers: {said}")
            };
            Measured { seconds, busy, reading, bytes, lines, peak }
        })
        .collect();
    measured.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    measured[measured.len() / 2]
}

fn compare(corpus: &Utf8Path, runs: usize, threads: usize) {
    // Brings everything into the page cache.
    drop(read(corpus));
    let [alone, full, default] = KINDS.map(|kind| median(kind, corpus, runs, threads));
    println!(
        "\n{corpus}: {:.1} MB, {:.0} lines of source code; {threads} threads, median of {runs} runs\n",
        alone.bytes / 1e6,
        alone.lines
    );
    println!(
        "| what | time | MB/s | lines/s | beside tree-sitter alone | processor time | beside it | peak memory |\n|---|---|---|---|---|---|---|---|"
    );
    for (kind, one) in KINDS.iter().zip([alone, full, default]) {
        println!(
            "| {kind} | {:.2} s | {:.1} | {:.0} | {:.2} | {:.2} s | {:.2} | {:.0} MB |",
            one.seconds,
            alone.bytes / 1e6 / one.seconds,
            alone.lines / one.seconds,
            alone.seconds / one.seconds,
            one.busy,
            alone.busy / one.busy,
            one.peak
        );
    }
    println!(
        "\n\"Beside\" is throughput: 2 is twice as fast. Of tree-sitter alone, walking and reading took {:.2} s.",
        alone.reading
    );
}

fn show_scale(corpus: &Utf8Path, runs: usize, threads: usize) {
    let files = read(corpus);
    println!("\n{corpus}: parts of it, {threads} threads, median of {runs} runs\n");
    println!("| lines | tree-sitter alone | full | default | peak of default |\n|---|---|---|---|---|");
    let mut points: Vec<[f64; 4]> = Vec::new();
    for part in 1..=PARTS {
        let folder = tempfile::tempdir().expect("a folder for a part of the corpus");
        let path = Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
        write_part(&files, part, path);
        let [alone, full, default] = KINDS.map(|kind| median(kind, path, runs, threads));
        println!(
            "| {:.0} | {:.2} s | {:.2} s | {:.2} s | {:.0} MB |",
            alone.lines, alone.seconds, full.seconds, default.seconds, default.peak
        );
        points.push([alone.lines, alone.seconds, full.seconds, default.seconds]);
    }
    println!();
    for (i, kind) in KINDS.iter().enumerate() {
        let (slope, start, fits) = line_through(points.iter().map(|p| (p[0], p[i + 1])));
        println!("{kind}: {:.2} s per million lines, {start:+.2} s; R² = {fits:.4}", slope * 1e6);
    }
}

/// Writes the files of so many folders out of [`PARTS`]; what stands in one folder stays together.
fn write_part(files: &Files, part: usize, to: &Utf8Path) {
    let parent = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let folders: BTreeSet<String> = files.iter().map(|(_, file)| parent(&file.path)).collect();
    let chosen: BTreeSet<&String> =
        folders.iter().enumerate().filter(|(i, _)| i % PARTS < part).map(|(_, folder)| folder).collect();
    for (_, file) in files.iter().filter(|(_, file)| chosen.contains(&parent(&file.path))) {
        let path = to.join(file.path.as_ref());
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders are made");
        std::fs::write(path, file.text.as_bytes()).expect("files are written");
    }
}

/// Slope, start and coefficient of determination of the straight line with the least squares.
fn line_through(points: impl Iterator<Item = (f64, f64)> + Clone) -> (f64, f64, f64) {
    let n = points.clone().count() as f64;
    let sum = |f: fn((f64, f64)) -> f64| points.clone().map(f).sum::<f64>();
    let (x, y) = (sum(|p| p.0), sum(|p| p.1));
    let slope = (n * sum(|p| p.0 * p.1) - x * y) / (n * sum(|p| p.0 * p.0) - x * x);
    let start = (y - slope * x) / n;
    let off = points.clone().map(|(x, y)| (y - start - slope * x).powi(2)).sum::<f64>();
    let all = points.clone().map(|(_, value)| (value - y / n).powi(2)).sum::<f64>();
    (slope, start, 1.0 - off / all)
}
