//! Rebuild when a bundled rule file is added, changed or removed: `include_dir!` alone misses new files.
fn main() {
    println!("cargo::rerun-if-changed=rules");
}
