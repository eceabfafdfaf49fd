//! The folders that are built into the program: a change in them builds it anew.

fn main() {
    for folder in ["templates", "fonts", "src/reading/starter"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    println!("cargo::rerun-if-changed=build.rs");
}
