//! A runner for composite actions, as far as ours needs one: it evaluates `${{ }}`, runs every shell step with the
//! environment that GitHub would give it, and stands in for steps that use other actions.

use crate::yaml;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One run of the action.
pub struct Job<'a> {
    /// The checked-out repository.
    pub workspace: &'a Path,
    /// `GITHUB_EVENT_NAME`.
    pub event_name: &'a str,
    /// What GITHUB_EVENT_PATH holds.
    pub event: Value,
    /// Inputs of the workflow.
    pub with: &'a [(&'a str, &'a str)],
    /// What `github.action_ref` is.
    pub action_ref: &'a str,
    /// Where releases are looked for instead of the repository's own address.
    pub repository: Option<&'a Path>,
    /// A program to use in place of what the first step installs.
    pub program: Option<&'a Path>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Whether every step succeeded.
    pub passed: bool,
    /// Outputs of the action.
    pub outputs: BTreeMap<String, String>,
    /// Names of the steps that ran, in order, with their exit codes.
    pub steps: Vec<(String, i32)>,
    /// Everything printed.
    pub log: String,
    /// The job summary.
    pub summary: String,
}

/// The values that expressions see.
struct Context<'a> {
    job: &'a Job<'a>,
    action: &'a Value,
    temp: PathBuf,
    steps: BTreeMap<String, (String, BTreeMap<String, String>)>,
    failed: bool,
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn action() -> Value {
    yaml::read(&fs::read_to_string(root().join("action.yml")).expect("action.yml"))
}

impl Job<'_> {
    /// Runs every step whose condition holds.
    pub fn run(&self) -> Outcome {
        let action = action();
        for (name, _) in self.with {
            assert!(action["inputs"].get(name).is_some(), "the action has no input {name}");
        }
        let place = tempfile::tempdir().expect("a temporary directory");
        // A space in it, since a self-hosted runner may have one.
        let temp = place.path().join("runner temp");
        fs::create_dir(&temp).expect("a directory");
        let mut context = Context { job: self, action: &action, temp, steps: BTreeMap::new(), failed: false };
        let mut outcome = Outcome::default();
        for step in action["runs"]["steps"].as_array().expect("steps") {
            context.step(step, &mut outcome);
        }
        for (name, output) in action["outputs"].as_object().expect("outputs") {
            outcome.outputs.insert(name.clone(), context.text(output["value"].as_str().expect("a value")));
        }
        outcome.passed = !context.failed;
        outcome
    }
}

impl Context<'_> {
    fn step(&mut self, step: &Value, outcome: &mut Outcome) {
        let condition = step["if"].as_str().unwrap_or("success()");
        if !self.holds(condition) {
            return;
        }
        let name = step["name"].as_str().expect("a name").to_string();
        let id = step["id"].as_str().unwrap_or(&name).to_string();
        if let Some(uses) = step["uses"].as_str() {
            outcome.steps.push((name, 0));
            let file = self.text(step["with"]["sarif_file"].as_str().expect("a file to upload"));
            assert!(uses.starts_with("github/codeql-action/upload-sarif@"), "{uses}");
            serde_json::from_slice::<Value>(&fs::read(&file).expect("the upload exists")).expect("JSON");
            return;
        }
        if let (true, Some(program)) = (id == "install", self.job.program) {
            let outputs = BTreeMap::from([("program".to_string(), program.display().to_string())]);
            self.steps.insert(id, ("success".into(), outputs));
            return;
        }
        let (output, summary) = (self.temp.join("output"), self.temp.join("summary"));
        fs::write(&output, "").expect("a file");
        fs::write(&summary, "").expect("a file");
        let event = self.temp.join("event.json");
        fs::write(&event, self.job.event.to_string()).expect("a file");
        let folder = step["working-directory"].as_str().map_or(String::new(), |text| self.text(text));
        let script = step["run"].as_str().expect("a script");
        assert!(!script.contains("${{"), "{script}");
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
        command.current_dir(self.job.workspace.join(folder));
        for (key, value) in step["env"].as_object().expect("an environment") {
            command.env(key, self.text(value.as_str().expect("text")));
        }
        if let Some(repository) = self.job.repository {
            command.env("REPOSITORY", format!("file://{}", repository.display()));
        }
        let ran = command
            .env("GITHUB_OUTPUT", &output)
            .env("GITHUB_STEP_SUMMARY", &summary)
            .env("GITHUB_EVENT_NAME", self.job.event_name)
            .env("GITHUB_EVENT_PATH", &event)
            .env("GITHUB_WORKSPACE", self.job.workspace)
            .env("GITHUB_ACTIONS", "true")
            .env("RUNNER_TEMP", &self.temp)
            .env("RUNNER_OS", "Linux")
            .env("RUNNER_ARCH", "X64")
            .output()
            .expect("bash runs");
        let code = ran.status.code().expect("no signal ended it");
        outcome.log += &String::from_utf8_lossy(&ran.stdout);
        outcome.log += &String::from_utf8_lossy(&ran.stderr);
        outcome.summary += &fs::read_to_string(&summary).expect("a summary");
        outcome.steps.push((name, code));
        let written = fs::read_to_string(&output).expect("outputs");
        let outputs = written.lines().filter_map(|line| line.split_once('='));
        let outputs = outputs.map(|(key, value)| (key.to_string(), value.to_string())).collect();
        self.failed |= code != 0;
        self.steps.insert(id, (if code == 0 { "success" } else { "failure" }.into(), outputs));
    }

    /// Whether a condition holds. `always()` aside, GitHub adds `success()` to every condition.
    fn holds(&self, condition: &str) -> bool {
        let parts: Vec<&str> = condition.split("&&").map(str::trim).collect();
        (parts.contains(&"always()") || !self.failed)
            && parts.iter().all(|part| match part.split_once("==") {
                Some((left, right)) => self.value(left.trim()) == right.trim().trim_matches('\''),
                None => ["always()", "success()"].contains(part),
            })
    }

    /// A text with every expression replaced by its value.
    fn text(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${{") {
            let (expression, after) = after.split_once("}}").expect("the end of the expression");
            out += before;
            let values = expression.split("||").map(|part| self.value(part.trim()));
            out += &values.into_iter().find(|value| !value.is_empty()).unwrap_or_default();
            rest = after;
        }
        out + rest
    }

    /// The value of a path such as `inputs.home`; what does not exist is empty, as on GitHub.
    fn value(&self, path: &str) -> String {
        let steps: Vec<&str> = path.split('.').collect();
        match steps[..] {
            ["inputs", name] => {
                let given = self.job.with.iter().find(|(key, _)| *key == name).map(|(_, v)| v.to_string());
                let input = &self.action["inputs"][name];
                assert!(input.is_object(), "the action has no input {name}");
                given.unwrap_or_else(|| self.text(input["default"].as_str().unwrap_or_default()))
            }
            ["github", "action_path"] => root().display().to_string(),
            ["github", "action_ref"] => self.job.action_ref.into(),
            ["github", "token"] => String::new(),
            ["github", "event", ref rest @ ..] => {
                let at = rest.iter().fold(&self.job.event, |value, key| &value[*key]);
                at.as_str().unwrap_or_default().into()
            }
            ["runner", "temp"] => self.temp.display().to_string(),
            ["steps", id, "outcome"] => self.steps.get(id).map_or(String::new(), |step| step.0.clone()),
            ["steps", id, "outputs", name] => {
                self.steps.get(id).and_then(|step| step.1.get(name)).cloned().unwrap_or_default()
            }
            _ => panic!("nobody knows the expression {path}"),
        }
    }
}
