//! How many connections of one address there may be, at whichever door.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The count of open connections of each address.
#[derive(Debug)]
pub struct Addresses {
    /// Of which there is at least one.
    open: Mutex<HashMap<IpAddr, usize>>,
    /// 0: any number.
    max: usize,
}

impl Addresses {
    /// At most `max` connections of one address; 0: any number.
    pub fn new(max: usize) -> Arc<Self> {
        Arc::new(Self { open: Mutex::default(), max })
    }

    /// A place for one more connection of an address, given back when it is dropped; none when it has too many.
    pub fn admit(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let mut open = self.lock();
        let same = open.get(&address).copied().unwrap_or(0);
        if self.max > 0 && same >= self.max {
            return None;
        }
        open.insert(address, same + 1);
        Some(Place { addresses: self.clone(), address })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        // The counts are whole between any two statements.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of one connection.
#[derive(Debug)]
pub struct Place {
    addresses: Arc<Addresses>,
    address: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.addresses.lock();
        match open.get_mut(&self.address) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(open.remove(&self.address)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn each_address_has_so_many_and_gets_them_back() {
        let addresses = Addresses::new(2);
        let (a, b) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([127, 0, 0, 2]));
        let (first, second) = (addresses.admit(a).unwrap(), addresses.admit(a).unwrap());
        assert!(addresses.admit(a).is_none());
        let other = addresses.admit(b).unwrap();
        drop(first);
        let third = addresses.admit(a).unwrap();
        assert!(addresses.admit(a).is_none());
        drop((second, third, other));
        assert!(addresses.lock().is_empty());
    }

    #[test]
    fn none_is_any_number() {
        let addresses = Addresses::new(0);
        let places: Vec<_> = (0..100).map(|_| addresses.admit(IpAddr::from([127, 0, 0, 1])).unwrap()).collect();
        drop(places);
        assert!(addresses.lock().is_empty());
    }
}
