//! The executable: reads what is asked and runs it.

use std::{net::SocketAddr, process::ExitCode};

use sundown::backend::{
    Error,
    web::{self, assets::Site},
};

/// The site, when `cargo xtask build` has put one in. It is here and not in the library so that a
/// new site costs a new link and no compilation.
const PACKED_SITE: &[u8] = include_bytes!(env!("SUNDOWN_SITE_PACK"));

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Sundown stopped: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Error> {
    let listen = listen_address()?;
    let site = Site::packed_or_built(PACKED_SITE)?;
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(web::serve(listen, site))
}

fn listen_address() -> Result<SocketAddr, Error> {
    let mut words = std::env::args()
        .skip(1)
        .skip_while(|word| word != "--listen")
        .skip(1);
    let address = words.next().unwrap_or_else(|| "127.0.0.1:3000".to_owned());
    address.parse().map_err(|_| {
        Error::Unusable(format!(
            "{address} is not an address to listen at, such as 127.0.0.1:3000"
        ))
    })
}
