//! The blank pages that bring the part behind them to a left-hand or right-hand page.

use typst::foundations::Label;
use typst::introspection::Tag;
use typst::layout::FrameItem;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use super::fit::PartPages;
use super::frames;

/// The pages before parts on which nothing stands but a head and a folio, from 1.
pub(super) fn pages(document: &PagedDocument, parts: &[PartPages]) -> Vec<usize> {
    let before = parts.iter().filter_map(|part| part.first.checked_sub(1));
    before.filter(|&page| page > 0 && is_blank(document, page)).collect()
}

fn is_blank(document: &PagedDocument, page: usize) -> bool {
    let [from, to] = ["aside-from", "aside-to"].map(|name| Label::new(PicoStr::intern(name)));
    let Some(page) = document.pages().get(page - 1) else { return false };
    let (mut aside, mut blank) = (false, true);
    frames::visit(&page.frame, &mut |item, _| match item {
        FrameItem::Tag(Tag::Start(content, _)) => {
            aside = (aside || content.label() == from) && content.label() != to;
        }
        FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Image(..) => blank &= aside,
        _ => {}
    });
    blank
}
