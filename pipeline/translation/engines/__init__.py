"""The engines that translate, all behind one small protocol, and the gate in front of them."""
