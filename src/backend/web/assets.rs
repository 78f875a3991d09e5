//! The site's files: styles, scripts, fonts and the browser's half of Sundown.
//!
//! They are read once, from inside the executable or from the folder that `cargo xtask` built, and
//! answered from memory in the encoding the browser likes best.
//!
//! Invariant: no path of a request ever reaches the file system.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    fs,
    hash::{DefaultHasher, Hasher},
    path::{Path, PathBuf},
};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use serde::Deserialize;

use crate::backend::{Error, Result};

/// The first bytes of a packed site. After them: the length of the index as four bytes, little end
/// first, the index as JSON (pairs of name and length) and the files in its order.
const PACK_MARK: &[u8] = b"SUNSITE1";

/// Says how the files hang together. Written by `cargo xtask`, never sent.
const MANIFEST: &str = "site.json";

/// Everything a browser may fetch that is not rendered.
pub struct Site {
    manifest: Manifest,
    files: BTreeMap<String, File>,
}

#[derive(Deserialize)]
struct Manifest {
    /// The folder of everything that never changes under its name, such as `pkg/0f3a`. The name
    /// holds a hash of all that is inside.
    pkg: String,
    /// Which files a lazy room needs.
    chunks: HashMap<String, Vec<String>>,
}

struct File {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    content_type: &'static str,
    caching: &'static str,
    tag: String,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Encoding {
    Brotli,
    Gzip,
    Plain,
}

impl Site {
    /// The site inside the executable, or where there is none the one that lies beside it after
    /// `cargo xtask run`.
    pub fn packed_or_built(pack: &'static [u8]) -> Result<Self> {
        if pack.is_empty() {
            Self::in_folder(&built_folder()?)
        } else {
            Self::packed(pack)
        }
    }

    /// Takes apart what `cargo xtask build` has packed.
    pub fn packed(pack: &'static [u8]) -> Result<Self> {
        let broken = || Error::Unusable("the site inside this executable is broken".to_owned());
        let (length, rest) = pack
            .strip_prefix(PACK_MARK)
            .and_then(<[u8]>::split_first_chunk)
            .ok_or_else(broken)?;
        let (index, mut rest) = rest
            .split_at_checked(u32::from_le_bytes(*length) as usize)
            .ok_or_else(broken)?;
        let index: Vec<(String, usize)> = serde_json::from_slice(index).map_err(|_| broken())?;
        let mut contents = BTreeMap::new();
        for (name, length) in index {
            let (file, others) = rest.split_at_checked(length).ok_or_else(broken)?;
            contents.insert(name, Bytes::from_static(file));
            rest = others;
        }
        Self::of(contents)
    }

    /// Reads a site that lies open in a folder.
    pub fn in_folder(folder: &Path) -> Result<Self> {
        let mut contents = BTreeMap::new();
        read_folder(folder, folder, &mut contents).map_err(|cause| {
            Error::Unusable(format!(
                "there is no site in {} ({cause}); `cargo xtask run` builds it",
                folder.display()
            ))
        })?;
        Self::of(contents)
    }

    fn of(mut contents: BTreeMap<String, Bytes>) -> Result<Self> {
        let manifest = contents
            .remove(MANIFEST)
            .and_then(|json| serde_json::from_slice::<Manifest>(&json).ok())
            .ok_or_else(|| Error::Unusable(format!("the site has no readable {MANIFEST}")))?;
        let names: Vec<String> = contents
            .keys()
            .filter(|name| !is_encoded(name))
            .cloned()
            .collect();
        let files = names
            .into_iter()
            .map(|name| {
                let file = File {
                    brotli: contents.remove(&format!("{name}.br")),
                    gzip: contents.remove(&format!("{name}.gz")),
                    plain: contents.remove(&name).unwrap_or_default(),
                    content_type: content_type(&name),
                    caching: caching(&name),
                    tag: String::new(),
                };
                let tag = hash(&file.plain);
                (format!("/{name}"), File { tag, ..file })
            })
            .collect();
        Ok(Self { manifest, files })
    }

    /// The folder under which browsers find script and styles, without slashes around it.
    pub fn pkg(&self) -> &str {
        &self.manifest.pkg
    }

    /// Which files, without their endings, a lazy room needs.
    pub fn chunks(&self) -> &HashMap<String, Vec<String>> {
        &self.manifest.chunks
    }

    /// Whether there is such a file.
    pub fn holds(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The answer to a request for a file, or `None` when the site has no such file.
    pub fn answer(&self, path: &str, asked: &HeaderMap) -> Option<Response> {
        let file = self.files.get(path)?;
        let (encoding, body) = file.best_for(asked);
        let tag = match encoding {
            Encoding::Brotli => format!("\"{}-br\"", file.tag),
            Encoding::Gzip => format!("\"{}-gz\"", file.tag),
            Encoding::Plain => format!("\"{}\"", file.tag),
        };
        let known = knows(asked, &tag);

        let mut answer = Response::new(if known {
            Body::empty()
        } else {
            Body::from(body)
        });
        let headers = answer.headers_mut();
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static(file.caching),
        );
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.insert(header::ETAG, tag);
        }
        if known {
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
            return Some(answer);
        }
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(file.content_type),
        );
        match encoding {
            Encoding::Brotli => {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            }
            Encoding::Gzip => {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            }
            Encoding::Plain => {}
        }
        Some(answer)
    }
}

impl File {
    fn best_for(&self, asked: &HeaderMap) -> (Encoding, Bytes) {
        if let Some(brotli) = self.brotli.as_ref().filter(|_| accepts(asked, "br")) {
            return (Encoding::Brotli, brotli.clone());
        }
        if let Some(gzip) = self.gzip.as_ref().filter(|_| accepts(asked, "gzip")) {
            return (Encoding::Gzip, gzip.clone());
        }
        (Encoding::Plain, self.plain.clone())
    }
}

/// `…/target/debug/sundown` has its site in `…/target/site`, wherever the target folder is.
fn built_folder() -> Result<PathBuf> {
    let executable = std::env::current_exe()?;
    let target = executable
        .parent()
        .and_then(Path::parent)
        .unwrap_or(Path::new("target"));
    Ok(target.join("site"))
}

fn read_folder(
    root: &Path,
    folder: &Path,
    contents: &mut BTreeMap<String, Bytes>,
) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_folder(root, &path, contents)?;
            continue;
        }
        let name = path.strip_prefix(root).unwrap_or(&path);
        let name: Vec<Cow<'_, str>> = name
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        contents.insert(name.join("/"), Bytes::from(fs::read(&path)?));
    }
    Ok(())
}

fn is_encoded(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// What lies in `pkg` has a hash in its address and stays as it is; the rest may change with the
/// next release.
fn caching(name: &str) -> &'static str {
    if name.starts_with("pkg/") {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=3600"
    }
}

/// Tells versions of one file apart; no secret depends on it.
fn hash(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("{:016x}", hasher.finish())
}

/// Whether `Accept-Encoding` allows this encoding: named or meant by `*`, and not with weight zero.
fn accepts(asked: &HeaderMap, encoding: &str) -> bool {
    let mut by_star = false;
    for choice in listed(asked, header::ACCEPT_ENCODING) {
        let (name, weight) = choice.split_once(';').unwrap_or((choice, ""));
        let wanted = weight.trim().strip_prefix("q=").is_none_or(|weight| {
            weight
                .trim()
                .parse::<f32>()
                .is_ok_and(|weight| weight > 0.0)
        });
        match name.trim() {
            name if name.eq_ignore_ascii_case(encoding) => return wanted,
            "*" => by_star = wanted,
            _ => {}
        }
    }
    by_star
}

/// Whether `If-None-Match` says that the browser has this version already.
fn knows(asked: &HeaderMap, tag: &str) -> bool {
    listed(asked, header::IF_NONE_MATCH)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

fn listed(asked: &HeaderMap, name: header::HeaderName) -> impl Iterator<Item = &str> {
    asked
        .get_all(name)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        let contents = [
            ("site.json", r#"{"pkg":"pkg/0f3a","chunks":{}}"#),
            ("pkg/0f3a/sundown.wasm", "plain"),
            ("pkg/0f3a/sundown.wasm.br", "brotli"),
            ("pkg/0f3a/sundown.wasm.gz", "gzip"),
            ("robots.txt", "robots"),
        ];
        Site::of(
            contents
                .map(|(name, text)| (name.to_owned(), Bytes::from(text)))
                .into(),
        )
        .expect("a whole site")
    }

    fn asking(headers: &[(header::HeaderName, &'static str)]) -> HeaderMap {
        headers
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
            .collect()
    }

    fn encoding_for(accepted: &'static str) -> Option<HeaderValue> {
        let asked = asking(&[(header::ACCEPT_ENCODING, accepted)]);
        let answer = site()
            .answer("/pkg/0f3a/sundown.wasm", &asked)
            .expect("the file is there");
        answer.headers().get(header::CONTENT_ENCODING).cloned()
    }

    #[test]
    fn brotli_goes_before_gzip_goes_before_plain() {
        assert_eq!(
            encoding_for("gzip, deflate, br, zstd"),
            Some(HeaderValue::from_static("br"))
        );
        assert_eq!(
            encoding_for("gzip, deflate"),
            Some(HeaderValue::from_static("gzip"))
        );
        assert_eq!(encoding_for("deflate"), None);
        assert_eq!(encoding_for("*"), Some(HeaderValue::from_static("br")));
    }

    #[test]
    fn a_weight_of_zero_means_no() {
        assert_eq!(
            encoding_for("br;q=0, gzip;q=0.5"),
            Some(HeaderValue::from_static("gzip"))
        );
        assert_eq!(encoding_for("br; q=0.000, gzip;q=0, *"), None);
        assert_eq!(
            encoding_for("br;q=0.1"),
            Some(HeaderValue::from_static("br"))
        );
    }

    #[test]
    fn hashed_names_are_kept_for_good_and_others_for_an_hour() {
        let nothing = HeaderMap::new();
        let wasm = site()
            .answer("/pkg/0f3a/sundown.wasm", &nothing)
            .expect("the file is there");
        assert_eq!(wasm.headers()[header::CONTENT_TYPE], "application/wasm");
        assert_eq!(
            wasm.headers()[header::CACHE_CONTROL],
            "public, max-age=31536000, immutable"
        );
        assert_eq!(wasm.headers()[header::VARY], "accept-encoding");
        let robots = site()
            .answer("/robots.txt", &nothing)
            .expect("the file is there");
        assert_eq!(
            robots.headers()[header::CACHE_CONTROL],
            "public, max-age=3600"
        );
    }

    #[test]
    fn a_browser_that_has_the_version_is_spared_the_body() {
        let first = site()
            .answer("/robots.txt", &HeaderMap::new())
            .expect("the file is there");
        let mut asked = HeaderMap::new();
        asked.insert(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone());
        let second = site()
            .answer("/robots.txt", &asked)
            .expect("the file is there");
        assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(
            second.headers()[header::ETAG],
            first.headers()[header::ETAG]
        );
    }

    #[test]
    fn encodings_of_one_file_have_tags_of_their_own() {
        let tag = |accepted| {
            let asked = asking(&[(header::ACCEPT_ENCODING, accepted)]);
            let answer = site()
                .answer("/pkg/0f3a/sundown.wasm", &asked)
                .expect("it is there");
            answer.headers()[header::ETAG].clone()
        };
        assert_ne!(tag("br"), tag("gzip"));
        assert_ne!(tag("gzip"), tag("identity"));
    }

    #[test]
    fn only_files_of_the_site_are_found() {
        let site = site();
        for path in [
            "/",
            "/site.json",
            "/pkg/0f3a/sundown.wasm.br",
            "/pkg/../robots.txt",
            "/../Cargo.toml",
            "/robots.txt/",
        ] {
            assert!(site.answer(path, &HeaderMap::new()).is_none(), "{path}");
        }
    }

    #[test]
    fn a_pack_is_read_back_and_a_torn_one_refused() {
        let index = br#"[["site.json",30],["robots.txt",6]]"#;
        let pack = [
            PACK_MARK,
            &u32::try_from(index.len())
                .expect("a short index")
                .to_le_bytes(),
            index,
            br#"{"pkg":"pkg/0f3a","chunks":{}}robots"#,
        ]
        .concat();
        let pack: &'static [u8] = pack.leak();
        let site = Site::packed(pack).expect("a whole pack");
        assert_eq!(site.pkg(), "pkg/0f3a");
        assert!(site.answer("/robots.txt", &HeaderMap::new()).is_some());
        assert!(Site::packed(&pack[..pack.len() - 1]).is_err());
        assert!(Site::packed(b"something else").is_err());
    }
}
