//! Orders of arrival.

/// Every order of so many things: 720 for six.
pub(crate) fn all(count: usize) -> Vec<Vec<usize>> {
    let mut orders = vec![Vec::new()];
    for next in 0..count {
        let widened = orders.iter().flat_map(|order: &Vec<usize>| {
            (0..=order.len()).map(move |place| {
                let mut wider = order.clone();
                wider.insert(place, next);
                wider
            })
        });
        orders = widened.collect();
    }
    orders
}

/// All orders where they are few; else each thing first and each thing last, forwards and backwards.
pub(crate) fn telling(count: usize) -> Vec<Vec<usize>> {
    if count <= 6 {
        return all(count);
    }
    let mut orders = Vec::new();
    for turn in 0..count {
        let mut order: Vec<usize> = (0..count).collect();
        order.rotate_left(turn);
        orders.push(order.clone());
        order.reverse();
        orders.push(order);
    }
    orders
}

#[test]
fn six_things_have_720_orders() {
    let mut orders = all(6);
    orders.sort();
    orders.dedup();
    assert_eq!(orders.len(), 720);
}
