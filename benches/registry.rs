//! What the registry costs: loading all bundled rules, and saying whose a URL is. `cargo bench --bench registry`.

use divan::{Bencher, black_box};
use transborder::rules::Rules;

fn main() {
    divan::main();
}

/// Reading, merging and indexing every bundled rule file.
#[divan::bench]
fn load_the_bundled_rules() -> bool {
    Rules::bundled().is_ok()
}

/// An exact host, a host pattern with a region, a path that decides, a template, this machine, nobody.
#[divan::bench(args = [
    "https://api.deepseek.com/anthropic",
    "https://bedrock-runtime.eu-central-1.amazonaws.com",
    "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
    "https://{name}.openai.azure.com/openai/deployments/{deployment}",
    "http://localhost:11434/v1",
    "https://api.deepseek.com.evil.example/v1",
])]
fn match_a_url(bencher: Bencher, url: &str) {
    let rules = Rules::bundled().expect("the bundled rules load");
    bencher.bench(|| black_box(&rules).resolve_url(black_box(url)).is_some());
}

/// Who trained a model: the ordered list is walked to its first match.
#[divan::bench(args = ["gpt-4o", "deepseek-ai/DeepSeek-V3", "no-such-model"])]
fn match_a_model(bencher: Bencher, id: &str) {
    let rules = Rules::bundled().expect("the bundled rules load");
    bencher.bench(|| black_box(&rules).origin(black_box(id)).is_some());
}
